"""The standard articles of a new template; examples that coordinators edit.

The headings follow the contents of the pilot agreements as reported: roles of the parties,
investment plan, performance management, amendment and termination. Placeholders in braces are
filled in when an agreement is drafted (``agreements/drafting/placeholders.py``).
"""

ARTICLES = [
    {
        "heading_ko": "목적",
        "body_ko": (
            "이 협약은 협약 당사자가 「{project}」 사업(이하 “사업”이라 한다)의 사업계획과 투자 "
            "분담에 합의하여 다년도 사업을 안정적으로 추진하는 데 필요한 사항을 정함을 목적으로 한다."
        ),
        "heading_en": "Purpose",
        "body_en": (
            "By this agreement the parties agree on the project plan and on the sharing of "
            "investment for the project “{project}”, so that a project of several years is "
            "carried out on a stable basis."
        ),
    },
    {
        "heading_ko": "정의",
        "body_ko": (
            "“내역사업”이란 사업을 구성하는 개별 사업을, “연차별 투자계획”이란 내역사업별·연차별·재원별 "
            "금액을 정한 별표를, “위원회”란 지방시대위원회를 말한다."
        ),
        "heading_en": "Definitions",
        "body_en": (
            "A component is one of the parts of the project; the yearly investment plan is "
            "the schedule of amounts by component, year and source; the committee is the "
            "Presidential Committee for Decentralization and Balanced Development."
        ),
    },
    {
        "heading_ko": "협약 당사자의 역할",
        "body_ko": (
            "협약 당사자는 {parties}이다. 주관부처는 협약의 이행을 총괄하고, 참여부처는 소관 "
            "내역사업을 지원하며, 지방자치단체는 사업을 시행하고 지방비를 확보한다."
        ),
        "heading_en": "Roles of the parties",
        "body_en": (
            "The parties are {parties}. The lead ministry oversees the agreement, the "
            "participating ministries support their components, and the local governments "
            "carry out the project and secure their own funds."
        ),
    },
    {
        "heading_ko": "협약 기간",
        "body_ko": (
            "협약 기간은 {period}년으로 한다. 다만, 정산과 성과 평가에 관한 사항은 그 절차가 "
            "끝날 때까지 효력이 있다."
        ),
        "heading_en": "Period",
        "body_en": (
            "The agreement runs over the years {period}. What it says of settlement and "
            "evaluation holds until both are concluded."
        ),
    },
    {
        "heading_ko": "사업의 내용",
        "body_ko": (
            "사업은 다음의 내역사업으로 한다: {components}. 세부 내용은 선정된 사업계획서에 따른다."
        ),
        "heading_en": "The project",
        "body_en": (
            "The project consists of these components: {components}. The particulars are "
            "those of the selected project plan."
        ),
    },
    {
        "heading_ko": "연차별 분담",
        "body_ko": ("내역사업별·연차별·재원별 투자계획과 각 당사자의 연차별 분담액은 별표와 같다."),
        "heading_en": "Yearly shares of the parties",
        "body_en": (
            "The investment by component, year and source, and what each party pays in each "
            "year, stand in the schedule."
        ),
    },
    {
        "heading_ko": "예산의 확보",
        "body_ko": (
            "협약 당사자는 별표의 금액이 해당 연도의 예산에 반영되도록 노력한다. 국비는 매년 국회가 "
            "확정한 예산의 범위에서 지원한다."
        ),
        "heading_en": "Securing the budget",
        "body_en": (
            "The parties endeavour to enter the amounts of the schedule in their budgets of "
            "each year. National funds are given within the budget voted by the National "
            "Assembly for that year."
        ),
    },
    {
        "heading_ko": "교부 조건",
        "body_ko": (
            "주관부처와 참여부처는 지방비 확보와 전년도 집행 실적을 확인하여 국비를 차수별로 교부한다. "
            "교부에 관하여는 「보조금 관리에 관한 법률」에 따른다."
        ),
        "heading_en": "Conditions of payment",
        "body_en": (
            "The ministries pay national funds in tranches after they have seen that local "
            "funds are secured and how the year before was executed. Payment follows the "
            "Subsidy Management Act."
        ),
    },
    {
        "heading_ko": "집행과 이월",
        "body_ko": (
            "지방자치단체는 교부받은 보조금을 협약의 목적에 맞게 집행한다. 해당 연도에 집행하지 못한 "
            "금액의 이월과 반납은 관계 법령에 따르며, 그 사유를 소관 부처에 통보한다."
        ),
        "heading_en": "Execution and carry-over",
        "body_en": (
            "The local governments spend the grants for the purpose of this agreement. What "
            "is not spent within the year is carried over or returned as the law says, and "
            "the ministry concerned is told why."
        ),
    },
    {
        "heading_ko": "보고",
        "body_ko": ("지방자치단체는 매년 추진 실적과 집행 실적을 주관부처와 참여부처에 보고한다."),
        "heading_en": "Reporting",
        "body_en": (
            "Each year the local governments report progress and execution to the lead and "
            "the participating ministries."
        ),
    },
    {
        "heading_ko": "성과 평가",
        "body_ko": (
            "주관부처는 성과지표의 달성 여부를 매년 평가하고, 그 결과를 다음 연도의 지원에 반영할 수 "
            "있다."
        ),
        "heading_en": "Evaluation",
        "body_en": (
            "Each year the lead ministry evaluates whether the indicators are reached. The "
            "result may count for the support of the next year."
        ),
    },
    {
        "heading_ko": "협약의 변경",
        "body_ko": (
            "총사업비 또는 사업면적이 30퍼센트 이상 변경되거나 사업기간이 1년 이상 변경되는 경우에는 "
            "위원회의 심의·의결을 거쳐 협약을 다시 체결한다. 그 밖의 변경은 관계 당사자의 동의로 한다."
        ),
        "heading_en": "Amendment",
        "body_en": (
            "Where total cost or area changes by 30 percent or more, or the period by one "
            "year or more, the agreement is concluded anew after the committee's resolution. "
            "Other changes are made with the consent of the parties concerned."
        ),
    },
    {
        "heading_ko": "협약의 중지와 해약",
        "body_ko": (
            "협약의 목적을 달성할 수 없거나 당사자가 협약을 위반한 경우에는 협약의 이행을 중지하거나, "
            "위원회의 심의·의결을 거쳐 해약할 수 있다."
        ),
        "heading_en": "Suspension and termination",
        "body_en": (
            "Where its purpose cannot be attained, or a party breaks it, the agreement may be "
            "suspended, or terminated after the committee's resolution."
        ),
    },
    {
        "heading_ko": "분쟁의 해결",
        "body_ko": (
            "협약의 해석과 이행에 관하여 이견이 있는 경우 당사자는 협의하여 해결하고, 협의가 이루어지지 "
            "않으면 위원회의 조정에 따른다."
        ),
        "heading_en": "Disputes",
        "body_en": (
            "The parties settle differences about the meaning and the execution of this "
            "agreement by consultation, and failing that by the committee's mediation."
        ),
    },
    {
        "heading_ko": "효력과 보관",
        "body_ko": (
            "이 협약은 모든 당사자가 서명한 날부터 효력이 생긴다. 서명된 협약서는 당사자가 각각 "
            "보관한다."
        ),
        "heading_en": "Effect and copies",
        "body_en": (
            "This agreement takes effect on the day on which the last party signs. Each party "
            "keeps a copy of the signed document."
        ),
    },
]
