#include "app/cases/case_undo.hpp"

#include "layers/project/case_note.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace app {

namespace {

using layers::CaseEvent;
using layers::FieldChange;

/// Events that no event that stands takes back.
std::set<std::int64_t> standing(const std::vector<CaseEvent>& history) {
    std::set<std::int64_t> all;
    std::set<std::int64_t> undone;
    std::for_each(history.rbegin(), history.rend(), [&](const CaseEvent& event) {
        if (!undone.contains(event.number)) {
            all.insert(event.number);
            undone.insert(event.text.undoes);
        }
    });
    return all;
}

/// The first field that both change; nullptr when there is none.
const FieldChange* sharedField(const CaseEvent& one, const CaseEvent& other) {
    const auto isShared = [&other](const FieldChange& mine) {
        return std::any_of(other.text.changes.begin(), other.text.changes.end(),
                           [&mine](const FieldChange& theirs) { return theirs.field == mine.field; });
    };
    const auto found = std::find_if(one.text.changes.begin(), one.text.changes.end(), isShared);
    return found == one.text.changes.end() ? nullptr : &*found;
}

} // namespace

UndoAnswer judgeUndo(const CaseLife& life, const layers::CaseRecord& before,
                     const std::vector<CaseEvent>& history, std::optional<std::int64_t> event) {
    UndoAnswer answer;
    const auto fail = [&answer](std::string zh, std::string en) {
        answer.faults.push_back({std::move(zh), std::move(en)});
        return answer;
    };
    const std::set<std::int64_t> stands = standing(history);
    const auto isWanted = [&](const CaseEvent& each) {
        return event ? each.number == *event
                     : !each.concernsMany && each.text.undoes == 0 && stands.contains(each.number);
    };
    const auto target = std::find_if(history.rbegin(), history.rend(), isWanted);
    if (target == history.rend()) {
        return event ? fail(fmt::format("没有事件 {}", *event), fmt::format("it has no event {}", *event))
                     : fail("没有可撤回的更改", "there is nothing to take back");
    }
    answer.event = target->number;
    if (layers::isNote(target->text.kind)) {
        return fail(fmt::format("事件 {} 没有更改案件，无可撤回", target->number),
                    fmt::format("event {} changed nothing that could be taken back", target->number));
    }
    if (target->concernsMany) {
        return fail(
            fmt::format("事件 {} 由运行产生，不能撤回；请改用 case step", target->number),
            fmt::format("event {} was made by a run and is not taken back; use case step", target->number));
    }
    if (!stands.contains(target->number)) {
        return fail(fmt::format("事件 {} 已被撤回", target->number),
                    fmt::format("event {} is taken back already", target->number));
    }
    for (auto later = target.base(); later != history.end(); ++later) {
        const FieldChange* shared = sharedField(*target, *later);
        if (shared != nullptr && later->text.undoes == 0 && stands.contains(later->number)) {
            const layers::CaseField* field = layers::findCaseField(shared->field);
            return fail(fmt::format("事件 {} 之后，事件 {} 又改了 {}，请先撤回事件 {}", target->number,
                                    later->number, field == nullptr ? shared->field : field->nameZh,
                                    later->number),
                        fmt::format("after event {} event {} changed {} again: take back event {} first",
                                    target->number, later->number, shared->field, later->number));
        }
    }
    layers::CaseRecord after = before;
    for (const FieldChange& change : target->text.changes) {
        const layers::CaseField* field = layers::findCaseField(change.field);
        if (field == nullptr || before.*field->member != change.to) {
            return fail(
                fmt::format("{} 与事件 {} 不符，请先运行 project check", change.field, target->number),
                fmt::format("{} does not fit event {}: run project check first", change.field,
                            target->number));
        }
        after.*field->member = change.from;
        answer.changes.push_back({change.field, change.to, change.from});
    }
    if (const auto missing = missingFields(life, before, after)) {
        answer.changes.clear();
        answer.faults.push_back(*missing);
    }
    return answer;
}

} // namespace app
