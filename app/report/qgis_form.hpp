#pragma once

#include "app/report/qgis_project.hpp"
#include "layers/xml_writer.hpp"

namespace app {

/// Whether a form shows pages for relations.
enum class Relations { Shown, LeftOut };

/// The elements of a layer that say how its fields are named and filled in, for a project and a style alike.
void writeForm(layers::XmlWriter& xml, const QgisLayer& layer, Relations relations);

} // namespace app
