"""A store in, what killed batches that were never given again left in it out: counted, and dropped."""

from archive.database.database import Database

# Texts that no version prints. Those of a batch that is being read are among them.
UNPRINTED = "SELECT t.id FROM texts t WHERE NOT EXISTS (SELECT 1 FROM versions v WHERE v.text = t.id)"


def unprinted(database: Database) -> int:
    """How many texts stand in no article, nor ever did."""
    return int(database.value(f"SELECT count(*) FROM ({UNPRINTED})"))


def drop_staged(database: Database) -> None:
    """Forget the batch that an interrupted run had begun; its texts and what is known of them stay. Inside a
    transaction, of the only writer."""
    database.change("DELETE FROM staged")
    database.change("DELETE FROM batches WHERE status = 'open'")


def drop_unprinted(database: Database) -> int:
    """Forget that batch with its texts and what is known of them; how many texts. Inside a transaction, of the only
    writer."""
    drop_staged(database)
    database.change(f"DELETE FROM annotations WHERE text IN ({UNPRINTED})")
    return database.change(f"DELETE FROM texts WHERE id IN ({UNPRINTED})")
