-- Where somebody made themselves heard, if they wrote: platforms are told that it was a chat.
alter table conversions add column chat text check (chat in ('whatsapp', 'telegram'));
