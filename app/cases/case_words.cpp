#include "app/cases/case_words.hpp"

#include "layers/project/case_record.hpp"
#include "layers/utf8.hpp"

#include <fmt/format.h>

#include <map>

namespace app {

EventName eventName(const std::string& kind) {
    static const std::map<std::string, EventName> kNames{
        {"cases_issued", {"立案编号", "issued"}},
        {"cases_withdrawn", {"运行撤销", "withdrawn by a run"}},
        {"cases_lapsed", {"运行不再列入清单", "no longer listed by a run"}},
        {"cases_back", {"运行再次列入清单", "listed again by a run"}},
        {"case_set", {"填写", "set"}},
        {"case_step", {"流转", "step"}},
        {"case_judged", {"内业研判", "desk judgement"}},
        {"case_overridden", {"调整判定", "override"}},
        {"case_returned", {"回传", "returned by the field"}},
        {"case_undone", {"撤回", "undone"}},
        {"sample_drawn", {"抽检抽中", "drawn for second-level inspection"}},
    };
    const auto name = kNames.find(kind);
    return name == kNames.end() ? EventName{kind, kind} : name->second;
}

std::string cutText(const std::string& text, std::size_t most) {
    std::string cut;
    std::size_t characters = 0;
    for (const char byte : text) {
        if (layers::beginsCharacter(byte) && ++characters > most) {
            return cut + "…";
        }
        cut += byte == '\n' ? ' ' : byte;
    }
    return cut;
}

std::string changesInWords(const std::vector<layers::FieldChange>& changes, std::size_t most) {
    const auto shown = [most](const std::string& value) {
        return value.empty() ? std::string("（空）") : cutText(value, most);
    };
    std::string words;
    for (const layers::FieldChange& change : changes) {
        const layers::CaseField* field = layers::findCaseField(change.field);
        words += fmt::format("{}{}：{} → {}", words.empty() ? "" : "；",
                             field == nullptr ? change.field : field->nameZh, shown(change.from),
                             shown(change.to));
    }
    return words;
}

} // namespace app
