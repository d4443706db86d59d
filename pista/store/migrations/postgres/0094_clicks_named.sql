-- A sale that came with a click ties its contact to that click: what the contact is credited to is
-- looked at again.
create function credit_due_contact_of_sale() returns trigger language plpgsql as $$
begin
    insert into credit_due (tenant_id, subject)
    values (new.tenant_id, 'contact:' || new.contact_id);
    return null;
end
$$;

create trigger sales_named after insert on sales
for each row when (new.click_token is not null and new.contact_id is not null and not new.test)
execute function credit_due_contact_of_sale();
create trigger sales_named_again after update of click_token, contact_id on sales
for each row when (
    new.click_token is not null and new.contact_id is not null and not new.test
    and (new.click_token, new.contact_id) is distinct from (old.click_token, old.contact_id)
)
execute function credit_due_contact_of_sale();

insert into credit_due (tenant_id, subject)
select distinct tenant_id, 'contact:' || contact_id
from sales
where click_token is not null and contact_id is not null and not test;
