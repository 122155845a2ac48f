"""站点设置: site-wide settings."""
