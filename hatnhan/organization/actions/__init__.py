"""Every write of the room: keyword-only, told who (`by`) and when (`at`), one transaction, one line of the record."""
