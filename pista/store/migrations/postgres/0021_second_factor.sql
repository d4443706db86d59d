-- A second factor by RFC 6238. The secret is sealed with a key that is not in the database.
create table second_factors (
    tenant_id uuid not null,
    user_id uuid not null,
    sealed bytea not null,
    created_at timestamptz not null,
    -- None while nobody has shown that the app knows the secret: until then it is not asked for.
    confirmed_at timestamptz,
    -- The time step of the last code that was taken: none is taken twice.
    last_step bigint not null default 0,
    primary key (tenant_id, user_id),
    foreign key (tenant_id, user_id) references users (tenant_id, id)
);

create table recovery_codes (
    tenant_id uuid not null,
    user_id uuid not null,
    code_hash bytea not null,
    primary key (tenant_id, user_id, code_hash),
    foreign key (tenant_id, user_id) references second_factors (tenant_id, user_id)
        on delete cascade
);
