-- Who has signed in from where, as a hash of both: when strangers guess an account's password from
-- many addresses, its owner still gets in from those known to be theirs.
create table known_logins (
    source_hash bytea primary key,
    seen_at timestamptz not null
);

create index known_logins_age on known_logins (seen_at);
