"""Reports that come by mail: from the mailbox into the inbox, a second root of deliveries beside the raw folder.

Here: reading the mailbox (mailbox.py), taking a message apart (messages.py), who sent it and whether that is sure (senders.py),
the folder that its attachments and their lines of the register come into (inbox.py), what became of each message (journal.py),
and the order of all of it (fetch.py). It knows bytes, names and addresses, and opens no workbook and no database.
Not here: what an attachment says, and what follows from a sender that it does not name (int_held_submissions).
"""
