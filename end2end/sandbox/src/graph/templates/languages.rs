//! The languages a template may be written in.

/// Meta's language codes, separated by spaces.
const CODES: &str = "af sq ar az be_BY bn bg ca zh_CN zh_HK zh_TW hr cs da nl en en_AE en_AU en_CA en_GB en_GH en_IE \
    en_IN en_JM en_MY en_NZ en_QA en_SG en_UG en_US en_ZA et fil fi fr fr_BE fr_CA fr_CH fr_CI fr_MA ka de de_AT de_CH \
    el gu ha he hi hu id ga it ja kn kk rw_RW ko ky_KG lo lv lt mk ms ml mr nb fa pl pt_BR pt_PT pa ro ru sr sk sl es \
    es_AR es_CL es_CO es_CR es_DO es_EC es_HN es_MX es_PA es_PE es_ES es_UY sw sv ta te th tr uk ur uz vi zu";

/// Meta knows this code.
pub fn known(code: &str) -> bool {
    CODES.split_whitespace().any(|it| it == code)
}
