"""工作交接: posts handed from one holder to the next."""
