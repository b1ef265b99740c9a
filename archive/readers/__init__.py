"""One reader a format; each turns a file of a batch into Articles or Rejections."""
