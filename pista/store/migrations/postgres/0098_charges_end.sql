-- What could not be made, or of which nobody knows, ends as well: it is looked at then.
update charges set look_at = expires_at
where look_at is null and status in ('creating', 'failed', 'unknown');
