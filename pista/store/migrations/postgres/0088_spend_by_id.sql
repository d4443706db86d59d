-- A campaign that was renamed is the same one, where its id is told: what it cost on a day takes the
-- place of what was said before, whatever it was called then.
create or replace function spend_key(
    platform text, currency text, campaign_id text, campaign text, adset_id text, adset text,
    ad_id text, ad text
) returns bytea language sql immutable parallel safe as $$
select sha256(convert_to(
    jsonb_build_array(
        $1, $2, $3, case $3 when '' then $4 end, $5, case $5 when '' then $6 end, $7,
        case $7 when '' then $8 end
    )::text,
    'UTF8'
))
$$;

-- What was said of one under several names: the latest.
delete from spend s
using (
    select tenant_id, day, key, row_number() over (
        partition by tenant_id, day, spend_key(
            platform, currency, campaign_id, campaign, adset_id, adset, ad_id, ad
        )
        order by changed_at desc, key
    ) as turn
    from spend
) told
where told.tenant_id = s.tenant_id and told.day = s.day and told.key = s.key and told.turn > 1;

update spend_import_lines l
set key = spend_key(s.platform, s.currency, s.campaign_id, s.campaign, s.adset_id, s.adset, s.ad_id,
    s.ad)
from spend s
where s.tenant_id = l.tenant_id and s.day = l.day and s.key = l.key;

alter table spend drop constraint spend_pkey;
alter table spend drop column key;
alter table spend add column key bytea not null generated always as (
    spend_key(platform, currency, campaign_id, campaign, adset_id, adset, ad_id, ad)
) stored;
alter table spend add primary key (tenant_id, day, key);
