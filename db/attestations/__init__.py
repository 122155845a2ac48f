"""签章页: pages signed on paper, each under a code, and their verification."""
