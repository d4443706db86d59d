/** What each ad platform has to append to a link, in its own words. */
export const PLATFORMS = ["meta", "google", "tiktok"] as const;
type AdPlatform = (typeof PLATFORMS)[number];

export const MACROS: Readonly<Record<AdPlatform, string>> = {
  meta: "utm_source={{site_source_name}}&utm_medium=paid&utm_campaign={{campaign.name}}&utm_term={{adset.name}}&utm_content={{ad.name}}&campaign_id={{campaign.id}}&adset_id={{adset.id}}&ad_id={{ad.id}}",
  google:
    "utm_source=google&utm_medium=cpc&utm_campaign={campaignid}&utm_term={keyword}&utm_content={creative}&campaign_id={campaignid}&adset_id={adgroupid}&ad_id={creative}",
  tiktok:
    "utm_source=tiktok&utm_medium=paid&utm_campaign=__CAMPAIGN_NAME__&utm_term=__AID_NAME__&utm_content=__CID_NAME__&campaign_id=__CAMPAIGN_ID__&adset_id=__AID__&ad_id=__CID__",
};
