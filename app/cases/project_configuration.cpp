#include "app/cases/project_configuration.hpp"

#include "app/check/configuration.hpp"
#include "layers/error.hpp"
#include "layers/project/case_query.hpp"
#include "layers/sha256.hpp"

#include <fmt/format.h>

namespace app {

namespace {

constexpr const char* kLifeKey = "case_life";
constexpr const char* kOfficesKey = "offices";

CaseLife checkedLife(const std::string& text, const std::string& name) {
    CaseLifeLoad load = parseCaseLife(text);
    refuseFaults(name, load.faults);
    return std::move(load.life);
}

Offices checkedOffices(const std::string& text, const std::string& name) {
    OfficesLoad load = parseOffices(text);
    refuseFaults(name, load.faults);
    return std::move(load.offices);
}

void expectStatusesKnown(const layers::ProjectFile& project, const CaseLife& life) {
    std::string unknown;
    for (const auto& [status, count] : layers::countCasesBy(project, {}, *layers::findCaseField("status"))) {
        if (life.status(status) == nullptr) {
            unknown += fmt::format("{}“{}” {}", unknown.empty() ? "" : "、", status, count);
        }
    }
    if (!unknown.empty()) {
        throw layers::Error(fmt::format(
            "已有案件的状态不在新流程中：{0} / cases are in a status that the new life does not know: {0}",
            unknown));
    }
}

} // namespace

std::string projectCaseLifeText(const layers::ProjectFile& project) {
    std::string text = project.info(kLifeKey);
    return text.empty() ? std::string(defaultCaseLifeText()) : text;
}

std::string projectOfficesText(const layers::ProjectFile& project) {
    std::string text = project.info(kOfficesKey);
    return text.empty() ? std::string(defaultOfficesText()) : text;
}

CaseLife projectCaseLife(const layers::ProjectFile& project) {
    const std::string text = project.info(kLifeKey);
    return text.empty() ? defaultCaseLife() : checkedLife(text, "case_life");
}

Offices projectOffices(const layers::ProjectFile& project) {
    const std::string text = project.info(kOfficesKey);
    return text.empty() ? defaultOffices() : checkedOffices(text, "offices");
}

void configureProject(layers::ProjectFile& project, const layers::Stamp& stamp,
                      const ProjectConfiguration& configuration) {
    const auto contentOf = [](const std::optional<std::filesystem::path>& file) {
        return !file || *file == "default" ? std::string() : configurationText(*file);
    };
    const std::string life = contentOf(configuration.life);
    const std::string offices = contentOf(configuration.offices);
    layers::LedgerChange change(project, stamp);
    if (configuration.life) {
        expectStatusesKnown(project, life.empty()
                                         ? defaultCaseLife()
                                         : checkedLife(life, configuration.life->filename().string()));
        change.setInfo(kLifeKey, life);
        change.record(
            {"case_life_set", "", fmt::format(R"({{"sha256": "{}"}})", layers::sha256OfText(life))});
    }
    if (configuration.offices) {
        if (!offices.empty()) {
            static_cast<void>(checkedOffices(offices, configuration.offices->filename().string()));
        }
        change.setInfo(kOfficesKey, offices);
        change.record(
            {"offices_set", "", fmt::format(R"({{"sha256": "{}"}})", layers::sha256OfText(offices))});
    }
    change.commit();
}

} // namespace app
