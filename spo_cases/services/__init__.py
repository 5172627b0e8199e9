"""A whole SPO Cases on one machine: embedded PostgreSQL and Valkey, the web, the workers, the clock.

`./run` and `./test` use it. Production does not: there each process has a supervisor and servers
of its own. Standard library and psycopg2 only, so that a fault in the service cannot stop the
thing that restarts it.
"""
