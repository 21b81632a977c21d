"""Pages, forms, the JSON API and mails: the only room that knows Flask."""
