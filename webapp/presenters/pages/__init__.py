"""Shows whole pages: what each says and where its links lead."""
