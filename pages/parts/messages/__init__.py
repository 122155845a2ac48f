"""消息: inbox, reminders, e-mail and webhooks."""
