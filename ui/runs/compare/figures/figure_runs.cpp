// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/figures/figure_runs.h"

#include "core/query/parser.h"
#include "ui/runs/table/field_column.h"
#include "ui/text/run_text.h"
#include "ui/text/training_text.h"

#include <QCollator>
#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(FigureField)
};

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

bool isOrderedKind(ValueKind kind) {
    return kind == ValueKind::Number || kind == ValueKind::Share || kind == ValueKind::Duration ||
           kind == ValueKind::Moment || kind == ValueKind::Any;
}

/// NaN for a text and for a missing value.
double numberOf(const FieldValue &value) {
    if (const auto *whole = std::get_if<std::int64_t>(&value))
        return static_cast<double>(*whole);
    const auto *number = std::get_if<double>(&value);
    return number != nullptr ? *number : missing;
}

QString runFieldTitle(RunField field, const QString &name) {
    switch (field) {
    case RunField::Pipeline:
        return Texts::tr("Pipeline");
    case RunField::Images:
        return Texts::tr("Images");
    case RunField::Seed:
        return Texts::tr("Seed");
    default:
        return name;
    }
}

/// In the order of the user's language, numbers in theirs: "no" before "yes", 64 before 128.
QStringList inOrder(QStringList texts) {
    texts.removeDuplicates();
    QCollator collator;
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::stable_sort(texts.begin(), texts.end(), collator);
    return texts;
}

void addCategories(FigureField &result, const QHash<qint64, QString> &texts) {
    result.categories = inOrder(QStringList(texts.cbegin(), texts.cend()));
    QHash<QString, int> places;
    for (const QString &category : std::as_const(result.categories))
        places.insert(category, static_cast<int>(places.size()));
    for (auto text = texts.cbegin(); text != texts.cend(); ++text)
        result.values.insert(text.key(), places.value(*text));
}

} // namespace

const std::vector<SelectedRuns> &FigureRuns::entities() const {
    static const std::vector<SelectedRuns> none;
    return shared ? *shared : none;
}

std::size_t FigureRuns::runCount() const {
    std::size_t count = 0;
    for (const SelectedRuns &entity : entities())
        count += entity.runs.size();
    return count;
}

QList<qint64> FigureRuns::ids() const {
    QList<qint64> ids;
    for (const SelectedRuns &entity : entities())
        for (const RunPtr &run : entity.runs)
            ids.append(run->id);
    return ids;
}

bool haveSameRuns(const FigureRuns &one, const FigureRuns &other) {
    return one.shared == other.shared ||
           std::ranges::equal(one.entities(), other.entities(),
                              [](const SelectedRuns &left, const SelectedRuns &right) {
                                  return left.runs == right.runs && left.title == right.title &&
                                         left.isGroup == right.isGroup;
                              });
}

double FigureField::value(qint64 run) const {
    return values.value(run, missing);
}

QString FigureField::text(double value) const {
    if (!std::isfinite(value))
        return fieldText({}, kind);
    if (isNumeric)
        return fieldText(value, kind);
    const auto place = static_cast<qsizetype>(std::lround(value));
    return place >= 0 && place < categories.size() ? categories[place] : QString();
}

FigureField figureField(const QString &field, const FieldValues &values, const FigureRuns &runs) {
    FigureField result{field, figureFieldTitle(field), values.kind, isOrderedKind(values.kind), {}, {}, {}};
    const auto forEachValue = [&](const auto &take) {
        for (const SelectedRuns &entity : runs.entities())
            for (const RunPtr &run : entity.runs)
                if (const auto value = values.values.constFind(run->id); value != values.values.cend())
                    take(run->id, *value);
    };
    forEachValue([&result](qint64, const FieldValue &value) {
        result.isNumeric = result.isNumeric && !std::holds_alternative<std::string>(value);
    });
    if (!result.isNumeric) {
        QHash<qint64, QString> texts;
        forEachValue(
            [&](qint64 run, const FieldValue &value) { texts.insert(run, fieldText(value, result.kind)); });
        addCategories(result, texts);
        result.exact.resize(static_cast<std::size_t>(result.categories.size()));
        forEachValue([&result](qint64 run, const FieldValue &value) {
            std::vector<FieldValue> &known = result.exact[static_cast<std::size_t>(result.value(run))];
            if (std::ranges::find(known, value) == known.end())
                known.push_back(value);
        });
        return result;
    }
    result.values.reserve(values.values.size());
    forEachValue([&result](qint64 run, const FieldValue &value) {
        if (const double number = numberOf(value); std::isfinite(number))
            result.values.insert(run, number);
    });
    return result;
}

QString figureFieldTitle(const QString &field) {
    try {
        const FieldName name = parseFieldName(field.toStdString());
        if (!name.function.empty())
            return fieldTitle(field);
        const Field known = resolveField(name, {});
        if (const auto *run = std::get_if<RunField>(&known))
            return runFieldTitle(*run, field);
        if (const auto *result = std::get_if<ResultField>(&known))
            return result->split ? Texts::tr("%1 accuracy, %2")
                                       .arg(protocolTitle(result->protocol), splitText(*result->split))
                                 : Texts::tr("%1 accuracy").arg(protocolTitle(result->protocol));
    } catch (const std::exception &) { // an option that only this database has
    }
    return fieldTitle(field);
}

QString entityTitle(const SelectedRuns &entity) {
    return entity.title.isEmpty() && !entity.runs.empty() ? runTitle(*entity.runs.front()) : entity.title;
}

qint64 colorRun(const SelectedRuns &entity) {
    qint64 first = std::numeric_limits<qint64>::max();
    for (const RunPtr &run : entity.runs)
        first = std::min(first, qint64(run->id));
    return first;
}

QColor gradientColor(double share) {
    // Lightness rises evenly; the ends keep their distance from a dark and a light background.
    static constexpr std::array<std::array<double, 3>, 5> stops{
        {{110, 96, 204}, {62, 124, 198}, {34, 158, 158}, {104, 186, 92}, {226, 184, 48}}};
    const double place = std::clamp(share, 0.0, 1.0) * (stops.size() - 1);
    const auto low = std::min(static_cast<std::size_t>(place), stops.size() - 2);
    const double part = place - static_cast<double>(low);
    const auto mixed = [&](std::size_t channel) {
        return static_cast<int>(
            std::lround(stops[low][channel] * (1 - part) + stops[low + 1][channel] * part));
    };
    return {mixed(0), mixed(1), mixed(2)};
}

} // namespace simclr::ui
