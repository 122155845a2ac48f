"""站点设置: site-wide settings and the working calendar."""
