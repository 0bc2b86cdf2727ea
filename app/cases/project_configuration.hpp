#pragma once

#include "app/cases/case_life.hpp"
#include "app/check/offices.hpp"
#include "layers/project/ledger_change.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace app {

/// The life of cases and the offices that a project carries, else the shipped ones. Throws layers::Error when
/// what it carries has faults.
[[nodiscard]] CaseLife projectCaseLife(const layers::ProjectFile& project);
[[nodiscard]] Offices projectOffices(const layers::ProjectFile& project);
/// Their YAML.
[[nodiscard]] std::string projectCaseLifeText(const layers::ProjectFile& project);
[[nodiscard]] std::string projectOfficesText(const layers::ProjectFile& project);

/// What a project is to carry; "default" for the shipped one, nothing for what it has.
struct ProjectConfiguration {
    std::optional<std::filesystem::path> life;
    std::optional<std::filesystem::path> offices;
};
/// Reads the files, checks them whole and keeps their text, with an event. Throws layers::Error that names
/// line and column of every fault, and when cases are in a status that the new life does not know.
void configureProject(layers::ProjectFile& project, const layers::Stamp& stamp,
                      const ProjectConfiguration& configuration);

} // namespace app
