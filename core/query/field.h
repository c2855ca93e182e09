// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/expression.h"
#include "core/results/protocol.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace simclr {

/// What the values of a field are, and so which operators and literals fit.
enum class ValueKind {
    Text,
    Choice, ///< one of a few known texts
    Tags,   ///< a set of texts, possibly empty
    Number,
    Share,    ///< in [0, 1]; may be written in percent
    Duration, ///< seconds
    Moment,   ///< seconds since 1970
    Flag,     ///< 0 or 1, never missing
    Any,      ///< an option: a number or a text
};

/// What is known of a run by itself.
enum class RunField {
    Id,
    Name,
    Status,
    Note,
    Tag,
    Starred,
    Archived,
    Trashed,
    Created,
    Finished,
    Age,
    Duration,
    Seed,
    Device,
    Precision,
    Images,
    Pipeline,
    Epoch,
    Step,
    Failure,
    ImagesPerSecond,
};

struct RunFieldDescription {
    RunField field;
    std::string_view name;
    ValueKind kind;
};

/// Every RunField, in the order of the enumeration; then other names of some.
inline constexpr std::array runFields{
    RunFieldDescription{RunField::Id, "id", ValueKind::Number},
    RunFieldDescription{RunField::Name, "name", ValueKind::Text},
    RunFieldDescription{RunField::Status, "status", ValueKind::Choice},
    RunFieldDescription{RunField::Note, "note", ValueKind::Text},
    RunFieldDescription{RunField::Tag, "tag", ValueKind::Tags},
    RunFieldDescription{RunField::Starred, "starred", ValueKind::Flag},
    RunFieldDescription{RunField::Archived, "archived", ValueKind::Flag},
    RunFieldDescription{RunField::Trashed, "trashed", ValueKind::Flag},
    RunFieldDescription{RunField::Created, "created", ValueKind::Moment},
    RunFieldDescription{RunField::Finished, "finished", ValueKind::Moment},
    RunFieldDescription{RunField::Age, "age", ValueKind::Duration},
    RunFieldDescription{RunField::Duration, "duration", ValueKind::Duration},
    RunFieldDescription{RunField::Seed, "seed", ValueKind::Number},
    RunFieldDescription{RunField::Device, "device", ValueKind::Text},
    RunFieldDescription{RunField::Precision, "precision", ValueKind::Text},
    RunFieldDescription{RunField::Images, "images", ValueKind::Text},
    RunFieldDescription{RunField::Pipeline, "pipeline", ValueKind::Text},
    RunFieldDescription{RunField::Epoch, "epoch", ValueKind::Number},
    RunFieldDescription{RunField::Step, "step", ValueKind::Number},
    RunFieldDescription{RunField::Failure, "failure", ValueKind::Text},
    RunFieldDescription{RunField::ImagesPerSecond, "images_per_second", ValueKind::Number},
    RunFieldDescription{RunField::Images, "dataset", ValueKind::Text},
};

/// An option of the configuration.
struct OptionField {
    std::string path;
};

enum class Summary {
    Last,
    Lowest,
    Highest,
    Count,
    At,         ///< at the end of an epoch
    MeanOfLast, ///< of so many points
};

/// One number that sums up a curve.
struct MetricField {
    std::string metric;
    Summary summary = Summary::Last;
    double argument = 0; ///< of At the epoch, of MeanOfLast the number of points
};

/// The newest plain accuracy of the trained encoder (see latestResult and isBaseline in
/// core/store/records.h).
struct ResultField {
    Protocol protocol = Protocol::Linear;
    std::optional<Split> split; ///< nothing: on the test images if there is one, otherwise on validation
};

using Field = std::variant<RunField, OptionField, MetricField, ResultField>;

ValueKind kindOf(const Field &field);

/// The names that only a database knows.
struct KnownNames {
    std::vector<std::string> options; ///< dotted paths; while there are none, every unknown name is an option
    std::vector<std::string> metrics; ///< besides those of core/metrics
    std::vector<std::string> statuses; ///< the values of "status"
};

/// Finds what a name stands for; the first of: a RunField, a protocol, an option by its whole path (also
/// "config.PATH"), a metric, the last part of exactly one option's path. Throws QueryError, with the nearest
/// known names.
Field resolveField(const FieldName &name, const KnownNames &known);

/// The flag that a word without quotes and operator stands for: "starred", "archived" or "trashed".
std::optional<RunField> flagOf(const Literal &word);

/// Whether the filter names this field.
bool mentions(const Expression &filter, RunField field);

/// Every name that resolveField() knows without a function, in the order in which they are offered.
std::vector<std::string> fieldNames(const KnownNames &known);
/// Every metric, those of core/metrics first.
std::vector<std::string> metricNames(const KnownNames &known);
/// "last", "best", "min", "max", "count", "at", "mean".
std::vector<std::string> functionNames();
/// Whether the function takes a number after the metric: "at", "mean".
bool takesNumber(std::string_view function);

} // namespace simclr
