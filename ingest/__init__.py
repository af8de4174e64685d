"""Files in, a searchable library out: read → pages → articles → chunks → words and vectors."""
