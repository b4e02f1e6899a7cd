-- Its plan is kept for the session: one made while there were few ports would read all of them for each gateway later.
alter function refresh_gateway_lines(uuid[]) set enable_seqscan = off;
