"""The standard articles that a new draft begins with; illustrative, to be edited by coordinators.

The headings follow the contents of the pilot agreements as reported: roles of the parties,
investment plan, performance management, amendment and termination.
"""

ARTICLES = [
    {
        "heading_ko": "목적",
        "body_ko": (
            "이 협약은 협약 당사자가 사업계획과 투자 분담에 합의하여 다년도 사업을 안정적으로 "
            "추진하는 데 필요한 사항을 정함을 목적으로 한다."
        ),
        "heading_en": "Purpose",
        "body_en": (
            "By this agreement the parties agree on the project plan and on the sharing of "
            "investment, so that a project of several years is carried out on a stable basis."
        ),
    },
    {
        "heading_ko": "협약 당사자의 역할",
        "body_ko": (
            "주관부처는 협약의 이행을 총괄하고, 참여부처는 소관 내역사업을 지원하며, "
            "지방자치단체는 사업을 시행하고 지방비를 확보한다."
        ),
        "heading_en": "Roles of the parties",
        "body_en": (
            "The lead ministry oversees the agreement, the participating ministries support "
            "their components, and the local governments carry out the project and secure "
            "their own funds."
        ),
    },
    {
        "heading_ko": "연차별 투자계획",
        "body_ko": (
            "내역사업별·연차별·재원별 투자계획은 별표와 같다. 국비는 매년 국회가 확정한 "
            "예산의 범위에서 교부한다."
        ),
        "heading_en": "Yearly investment plan",
        "body_en": (
            "The plan by component, year and source stands in the schedule. National funds "
            "are paid within the budget voted by the National Assembly for each year."
        ),
    },
    {
        "heading_ko": "예산의 확보와 집행",
        "body_ko": (
            "협약 당사자는 별표의 금액이 예산에 반영되도록 노력하고, 지방자치단체는 교부받은 "
            "보조금을 협약의 목적에 맞게 집행한다."
        ),
        "heading_en": "Securing and spending the budget",
        "body_en": (
            "The parties endeavour to enter the amounts of the schedule in their budgets. The "
            "local governments spend the grants for the purpose of this agreement."
        ),
    },
    {
        "heading_ko": "성과관리",
        "body_ko": "지방자치단체는 매년 추진 실적과 집행 실적을 주관부처와 참여부처에 보고한다.",
        "heading_en": "Performance management",
        "body_en": (
            "Each year the local governments report progress and execution to the lead and "
            "the participating ministries."
        ),
    },
    {
        "heading_ko": "협약의 변경",
        "body_ko": (
            "총사업비 또는 사업면적이 30퍼센트 이상 변경되거나 사업기간이 1년 이상 변경되는 "
            "경우에는 위원회의 심의·의결을 거쳐 협약을 다시 체결한다."
        ),
        "heading_en": "Amendment",
        "body_en": (
            "Where total cost or area changes by 30 percent or more, or the period by one "
            "year or more, the agreement is concluded anew after the committee's resolution."
        ),
    },
    {
        "heading_ko": "협약의 해약",
        "body_ko": "협약의 목적을 달성할 수 없는 경우 당사자는 위원회의 심의·의결을 거쳐 해약할 수 있다.",
        "heading_en": "Termination",
        "body_en": (
            "Where its purpose cannot be attained, the parties may terminate the agreement "
            "after the committee's resolution."
        ),
    },
    {
        "heading_ko": "효력",
        "body_ko": "이 협약은 모든 당사자가 서명한 날부터 효력이 생긴다.",
        "heading_en": "Effect",
        "body_en": "This agreement takes effect on the day on which the last party signs.",
    },
]
