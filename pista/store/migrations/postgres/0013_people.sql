alter table users add column last_sign_in_at timestamptz;

-- A link that lets somebody in once: to join the company, or to choose a new password. The link
-- holds a random token; here is its hash only.
create table account_links (
    id uuid primary key,
    tenant_id uuid not null references tenants (id),
    kind text not null check (kind in ('invite', 'reset')),
    token_hash bytea not null unique,
    -- Of an invite: whom it is for.
    email text check (email = lower(email)),
    role text check (role in ('admin', 'gtr', 'asesor')),
    -- Of a reset: whose password.
    user_id uuid,
    -- None for an API key.
    made_by uuid,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    withdrawn_at timestamptz,
    foreign key (tenant_id, user_id) references users (tenant_id, id),
    foreign key (tenant_id, made_by) references users (tenant_id, id),
    check ((kind = 'invite') = (email is not null and role is not null and user_id is null)),
    check ((kind = 'reset') = (email is null and role is null and user_id is not null))
);

create index account_links_open on account_links (tenant_id, kind, created_at)
where used_at is null and withdrawn_at is null;

-- What was changed in the accounts, by whom. Written in the transaction of the change itself.
create table audit_log (
    tenant_id uuid not null references tenants (id),
    id bigint generated always as identity,
    at timestamptz not null,
    actor_kind text not null check (actor_kind in ('user', 'key', 'link', 'terminal')),
    actor_id uuid,
    action text not null,
    subject_id uuid,
    -- What the subject was called then; it may be called otherwise later.
    subject_name text not null,
    details jsonb not null,
    request_id text,
    primary key (tenant_id, id)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is only ever added to', tg_table_name;
end
$$;

create trigger audit_log_append_only
before update or delete or truncate on audit_log
for each statement execute function refuse_change();

-- Open screens and streams look again at once whether they may stay. Triggers say it, so that no way
-- of shutting somebody out can forget to.
create function announce_access() returns trigger language plpgsql as $$
begin
    perform pg_notify('pista_access', json_build_object('tenantId', new.tenant_id)::text);
    return null;
end
$$;

create trigger users_announce_access
after update of role, deactivated_at on users
for each row
when ((old.role, old.deactivated_at) is distinct from (new.role, new.deactivated_at))
execute function announce_access();

create trigger api_keys_announce_access
after update of revoked_at, scopes on api_keys
for each row
when ((old.revoked_at, old.scopes) is distinct from (new.revoked_at, new.scopes))
execute function announce_access();

create function announce_session_end() returns trigger language plpgsql as $$
begin
    perform pg_notify('pista_access', json_build_object('tenantId', u.tenant_id)::text)
    from users u
    where u.id = old.user_id;
    return null;
end
$$;

create trigger user_sessions_announce_access
after delete on user_sessions
for each row execute function announce_session_end();
