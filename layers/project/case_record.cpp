#include "layers/project/case_record.hpp"

#include "layers/list_columns.hpp"
#include "layers/text.hpp"

#include <algorithm>
#include <charconv>

namespace layers {

int CaseRecord::priorityNow() const {
    int said = priority;
    std::from_chars(setPriority.data(), setPriority.data() + setPriority.size(), said);
    return said;
}

const std::string& CaseRecord::verdictNow() const {
    return setVerdict.empty() ? verdict : setVerdict;
}

const std::string& CaseRecord::responsibleNow() const {
    return responsible.empty() ? proposedResponsible : responsible;
}

const std::string& CaseRecord::partnersNow() const {
    return partners.empty() ? proposedPartners : partners;
}

const std::vector<CaseField>& caseFields() {
    const auto listed = [](ListColumn column, std::string CaseRecord::*member) {
        const Column& same = listColumns()[static_cast<std::size_t>(column)];
        return CaseField{same.name, same.header, same.field, member};
    };
    static const std::vector<CaseField> kFields{
        {"status", "状态", "", &CaseRecord::status},
        {"status_before", "撤销前状态", "", &CaseRecord::statusBefore},
        {"desk", "内业研判", "", &CaseRecord::desk},
        {"desk_reason", "研判理由", "", &CaseRecord::deskReason},
        {"set_verdict", "人工判定", "", &CaseRecord::setVerdict},
        {"set_priority", "人工优先级", "", &CaseRecord::setPriority},
        {"set_reason", "调整理由", "", &CaseRecord::setReason},
        listed(ListColumn::Deadline, &CaseRecord::deadline),
        listed(ListColumn::Responsible, &CaseRecord::responsible),
        listed(ListColumn::Partners, &CaseRecord::partners),
        {"team", "核查组", "", &CaseRecord::team},
        listed(ListColumn::Conclusion, &CaseRecord::conclusion),
        listed(ListColumn::Situation, &CaseRecord::situation),
        listed(ListColumn::Builder, &CaseRecord::builder),
        listed(ListColumn::BuiltWhen, &CaseRecord::builtWhen),
        listed(ListColumn::Permits, &CaseRecord::permits),
        listed(ListColumn::Illegal, &CaseRecord::illegal),
        listed(ListColumn::Measures, &CaseRecord::measures),
        listed(ListColumn::Inspector, &CaseRecord::inspector),
        listed(ListColumn::InspectedOn, &CaseRecord::inspectedOn),
        listed(ListColumn::Remarks, &CaseRecord::remarks),
    };
    return kFields;
}

const CaseField* findCaseField(std::string_view name) {
    const std::string wanted = folded(name);
    const auto isNamed = [&wanted](const CaseField& field) {
        return wanted == folded(field.key) || wanted == folded(field.nameZh) ||
               (!field.code.empty() && wanted == field.code);
    };
    const auto found = std::find_if(caseFields().begin(), caseFields().end(), isNamed);
    return found == caseFields().end() ? nullptr : &*found;
}

} // namespace layers
