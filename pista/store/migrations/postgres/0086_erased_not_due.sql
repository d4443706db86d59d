-- While somebody is erased, nothing is noted to be credited again: that they were counted stays, and
-- what would be noted is who they were.
create function not_due_while_erasing() returns trigger language plpgsql as $$
begin
    if current_setting('pista.counts_stay', true) = 'on' then
        return null;
    end if;
    return new;
end
$$;

create trigger credit_due_not_while_erasing before insert on credit_due
for each row execute function not_due_while_erasing();
