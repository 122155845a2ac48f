"""Files that leave the product: frames and plain values in, bytes out."""
