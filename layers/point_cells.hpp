#pragma once

#include "layers/coordinate_columns.hpp"
#include "layers/coordinate_text.hpp"
#include "layers/feature_source.hpp"
#include "layers/table_reader.hpp"

#include <string>
#include <vector>

namespace layers {

/// Makes geometry of a table's cells. Rows that cannot be read say where and why; nothing is swapped, shifted
/// or guessed.
class PointCells {
  public:
    PointCells(CoordinateColumns columns, std::vector<std::string> names, std::string option,
               std::string file)
        : m_columns(columns), m_names(std::move(names)), m_option(std::move(option)),
          m_file(std::move(file)) {}

    /// Looks at the table's first rows: degrees or metres, which 带号, how fine. Throws layers::Error (and
    /// logs a CrsSuspicious problem) when the columns are swapped throughout, or X is north as surveyors
    /// write it: the message gives the --map that settles it; and when no row can be read.
    void judge(const std::vector<TableRow>& rows, ProblemLog& log);

    /// Sets the feature's geometry, or its fault.
    void read(const TableRow& row, RawFeature& feature, ProblemLog& log) const;

    /// The system that the cells themselves name (SRID= in front of the WKT), or empty.
    [[nodiscard]] const std::string& crs() const { return m_crs; }

  private:
    /// A row's coordinates, or the column and reason that there are none.
    struct Place {
        CoordinateValue x;
        CoordinateValue y;
        bool isBlank = false;
        bool isYFirst = false; ///< one cell, latitude first by its value
        int column = -1;
        std::string reasonZh;
        std::string reasonEn;
        [[nodiscard]] bool isRead() const { return !isBlank && column < 0; }
    };
    enum class Sense { Straight, Swapped, Other };

    [[nodiscard]] static const std::string& cell(const TableRow& row, int column);
    /// The coordinate that begins in a column, its parts put together.
    [[nodiscard]] std::string shown(const TableRow& row, int column) const;
    /// The first cell of the row's coordinates that is formatted as a time, whole or not, or null.
    [[nodiscard]] const ClockCell* clockOf(const TableRow& row, bool isWhole) const;
    [[nodiscard]] Place placeOf(const TableRow& row) const;
    [[nodiscard]] Sense senseOf(const Place& place) const;
    [[nodiscard]] std::pair<std::string, std::string> faultOf(const Place& place) const;
    void refuseSwapped(const Place& example, ProblemLog& log) const;
    void judgeWkt(const std::vector<TableRow>& rows);
    void readWkt(const TableRow& row, RawFeature& feature) const;
    void setFault(const TableRow& row, int column, RawFeature& feature, const std::string& zh,
                  const std::string& en) const;

    CoordinateColumns m_columns;
    std::vector<std::string> m_names;
    std::string m_option; ///< "changes."
    std::string m_file;
    std::string m_crs;
    bool m_inDegrees = true;
    int m_zone = 0; ///< 带号 of most rows
};

} // namespace layers
