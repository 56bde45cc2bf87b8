"""Reports that come by mail, from the mailbox into the inbox, a second root of deliveries beside the raw folder; letters out.

In: reading the mailbox (mailbox.py), taking a message apart (messages.py), who sent it and whether that is sure (senders.py),
the folder that its attachments and their lines of the register come into (inbox.py), what became of each message (journal.py),
and the order of all of it (fetch.py). Out: letters as data, their messages and the book of those sent (letters.py), the outbox
and its way to the server (outbox.py, server.py). lines.py: files that only grow. It knows bytes, names and addresses, and opens
no database, and a workbook only where an address speaks for several reporters (issuers.py).
Not here: what an attachment says, what follows from a sender that it does not name (int_held_submissions), and what is written
to whom (pipelines/products/correspondence.py).
"""
