-- A part of a sale that went back is told by itself.
alter table conversions drop constraint conversions_name_check;
alter table conversions add constraint conversions_name_check check (
    name in (
        'InitiateCheckout', 'Lead', 'Refused', 'Purchase', 'PartialRefund', 'Refund', 'Chargeback',
        'Reversal'
    )
);
