"""Google Ads: conversions of clicks, uploaded by the click's id."""
