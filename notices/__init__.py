"""What is told to whom: notices in the site, and the outbox of mails."""
