-- Tenants are kept apart by the database too. What runs for a tenant runs as a role that owns nothing,
-- with `pista.tenant` set: see pista/store/apart.py. The owner of the tables is not held by policies.

-- The role of what runs for a tenant; each user that Pista signs in as has its own.
create function tenant_role() returns name language sql stable parallel safe
begin atomic
    select (left(session_user, 56) || '_tenant')::name;
end;

-- Whose rows may be seen. A setting that was local to a transaction is '' after it, and not null.
create function current_tenant() returns uuid language sql stable parallel safe
begin atomic
    select nullif(current_setting('pista.tenant', true), '')::uuid;
end;

-- For functions that run as the owner: whether whoever calls may see this tenant's rows.
create function may_reach(of_tenant uuid) returns boolean language sql stable parallel safe
begin atomic
    select current_setting('role') = 'none' or of_tenant = current_tenant();
end;

-- E-mails are unique among all tenants. Whoever invites one hears no more than whoever would join.
create function email_is_taken(of_email text) returns boolean
language sql stable security definer
begin atomic
    select exists (select from users where email = of_email);
end;

-- `@@` is not leakproof, so behind a policy it would be asked of every contact of the tenant, past
-- the index. Here it is asked first, and of the tenant's rows all the same. Planned anew each time:
-- whether the index or the order serves better is a matter of the words.
create function contacts_found(
    of_tenant uuid, query text, before_at timestamptz, before_id text, most int
) returns setof text language plpgsql stable security definer
set search_path from current set plan_cache_mode = force_custom_plan as $$
begin
    return query
    select c.id
    from contacts c
    where c.tenant_id = of_tenant and may_reach(of_tenant) and c.merged_into is null
        and c.search @@ query::tsquery
        and (before_at is null or (c.created_at, c.id) < (before_at, before_id))
    order by c.created_at desc, c.id desc
    limit most;
end
$$;

revoke execute on function email_is_taken, contacts_found from public;

alter table tenants enable row level security;
create policy own_tenant on tenants using (id = current_tenant());

alter table user_sessions enable row level security;
create policy own_tenant on user_sessions using (
    exists (select from users u where u.tenant_id = current_tenant() and u.id = user_id)
);

alter table export_files enable row level security;
create policy own_tenant on export_files using (
    exists (select from exports e where e.tenant_id = current_tenant() and e.id = export_id)
);

alter table sites enable row level security;
create policy own_tenant on sites using (tenant_id = current_tenant());

alter table users enable row level security;
create policy own_tenant on users using (tenant_id = current_tenant());

alter table api_keys enable row level security;
create policy own_tenant on api_keys using (tenant_id = current_tenant());

alter table account_links enable row level security;
create policy own_tenant on account_links using (tenant_id = current_tenant());

alter table audit_log enable row level security;
create policy own_tenant on audit_log using (tenant_id = current_tenant());

alter table second_factors enable row level security;
create policy own_tenant on second_factors using (tenant_id = current_tenant());

alter table recovery_codes enable row level security;
create policy own_tenant on recovery_codes using (tenant_id = current_tenant());

alter table event_throttles enable row level security;
create policy own_tenant on event_throttles using (tenant_id = current_tenant());

alter table month_removals enable row level security;
create policy own_tenant on month_removals using (tenant_id = current_tenant());

alter table alert_rules enable row level security;
create policy own_tenant on alert_rules using (tenant_id = current_tenant());

alter table alert_firings enable row level security;
create policy own_tenant on alert_firings using (tenant_id = current_tenant());

alter table alert_deliveries enable row level security;
create policy own_tenant on alert_deliveries using (tenant_id = current_tenant());

alter table export_schedules enable row level security;
create policy own_tenant on export_schedules using (tenant_id = current_tenant());

alter table exports enable row level security;
create policy own_tenant on exports using (tenant_id = current_tenant());

alter table erasures enable row level security;
create policy own_tenant on erasures using (tenant_id = current_tenant());

alter table imports enable row level security;
create policy own_tenant on imports using (tenant_id = current_tenant());

alter table jobs enable row level security;
create policy own_tenant on jobs using (tenant_id = current_tenant());

alter table job_keys enable row level security;
create policy own_tenant on job_keys using (tenant_id = current_tenant());

alter table contact_settings enable row level security;
create policy own_tenant on contact_settings using (tenant_id = current_tenant());

alter table contacts enable row level security;
create policy own_tenant on contacts using (tenant_id = current_tenant());

alter table contact_identities enable row level security;
create policy own_tenant on contact_identities using (tenant_id = current_tenant());

alter table contact_reviews enable row level security;
create policy own_tenant on contact_reviews using (tenant_id = current_tenant());

alter table contact_merges enable row level security;
create policy own_tenant on contact_merges using (tenant_id = current_tenant());

alter table visitor_contact enable row level security;
create policy own_tenant on visitor_contact using (tenant_id = current_tenant());

alter table link_claims enable row level security;
create policy own_tenant on link_claims using (tenant_id = current_tenant());

alter table visitor_forks enable row level security;
create policy own_tenant on visitor_forks using (tenant_id = current_tenant());

alter table contact_vouchers enable row level security;
create policy own_tenant on contact_vouchers using (tenant_id = current_tenant());

alter table webhook_sources enable row level security;
create policy own_tenant on webhook_sources using (tenant_id = current_tenant());

alter table webhooks enable row level security;
create policy own_tenant on webhooks using (tenant_id = current_tenant());

alter table webhook_contacts enable row level security;
create policy own_tenant on webhook_contacts using (tenant_id = current_tenant());
