// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/field_column.h"

#include "core/metrics/metric.h"
#include "core/query/parser.h"
#include "ui/text/run_text.h"
#include "ui/text/training_text.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/plain_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <memory>
#include <type_traits>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(FieldColumn)
};

/// The values of a field as they were read; nullptr before.
using ValuesPtr = std::shared_ptr<const FieldValues>;

FieldValue valueOf(const ValuesPtr &values, RunId run) {
    return values ? values->values.value(run) : FieldValue();
}

ValueKind kindOf(const ValuesPtr &values) {
    return values ? values->kind : ValueKind::Any;
}

QString numberText(double number, ValueKind kind) {
    switch (kind) {
    case ValueKind::Share:
        return percentText(number);
    case ValueKind::Duration:
        return durationText(number);
    case ValueKind::Moment:
        return dateText(number);
    case ValueKind::Flag:
        return number != 0 ? Texts::tr("yes") : Texts::tr("no");
    default:
        return number == std::floor(number) && std::abs(number) < 1e15 ? QLocale().toString(qlonglong(number))
                                                                       : QLocale().toString(number, 'g', 5);
    }
}

/// Equal for equal values only: what is shown is rounded.
QString keyOf(const FieldValue &value) {
    if (const auto *whole = std::get_if<std::int64_t>(&value))
        return QString::number(*whole);
    if (const auto *number = std::get_if<double>(&value))
        return QString::number(*number, 'g', 17);
    const auto *text = std::get_if<std::string>(&value);
    return text != nullptr ? QLatin1Char('"') + QString::fromStdString(*text) : QString();
}

QString shownText(const QString &key, ValueKind kind) {
    if (key.isEmpty())
        return fieldText({}, kind);
    if (key.startsWith(QLatin1Char('"')))
        return key.mid(1);
    return fieldText(key.toDouble(), kind);
}

SortValue sortValueOf(const FieldValue &value) {
    return std::visit(
        [](const auto &each) -> SortValue {
            using Type = std::decay_t<decltype(each)>;
            if constexpr (std::is_same_v<Type, std::monostate>)
                return {};
            else if constexpr (std::is_same_v<Type, std::string>)
                return QString::fromStdString(each);
            else
                return static_cast<double>(each);
        },
        value);
}

QString metricTitle(const FieldName &name) {
    const auto metric = MetricId::find(name.name);
    const QString title = metric ? coreText((*metric)->title) : QString::fromStdString(name.name);
    if (name.function == "best")
        return Texts::tr("%1, best").arg(title);
    if (name.function == "min")
        return Texts::tr("%1, lowest").arg(title);
    if (name.function == "max")
        return Texts::tr("%1, highest").arg(title);
    const QString number = QString::fromStdString(name.argument);
    if (name.function == "at")
        return Texts::tr("%1, epoch %2").arg(title, number);
    if (name.function == "mean")
        return Texts::tr("%1, mean of the last %2").arg(title, number);
    return name.function == "count" ? Texts::tr("%1, points").arg(title) : title;
}

bool isNumeric(const FieldValues &values) {
    return values.kind != ValueKind::Text && values.kind != ValueKind::Choice &&
           values.kind != ValueKind::Tags &&
           std::none_of(values.values.begin(), values.values.end(),
                        [](const FieldValue &value) { return std::holds_alternative<std::string>(value); });
}

} // namespace

QString fieldText(const FieldValue &value, ValueKind kind) {
    const SortValue known = sortValueOf(value);
    if (const auto *number = std::get_if<double>(&known))
        return numberText(*number, kind);
    const auto *text = std::get_if<QString>(&known);
    return text != nullptr ? *text : QStringLiteral("–");
}

QString fieldTitle(const QString &field) {
    try {
        const FieldName name = parseFieldName(field.toStdString());
        if (!name.function.empty() || MetricId::find(name.name))
            return metricTitle(name);
        const std::string path = "config." + name.name;
        const QString title = settingTitle(path);
        return title == QString::fromStdString(path) ? field : title;
    } catch (const std::exception &) {
        return field;
    }
}

RunColumn fieldColumn(const QString &field, const RunQueries &queries) {
    const ValuesPtr values = queries.knownValues(field);
    const ValueKind kind = kindOf(values);
    return {.field = field,
            .title = fieldTitle(field),
            .help = field,
            .isNumber = values && isNumeric(*values),
            .text = [values, kind](const RunRecord &run) { return fieldText(valueOf(values, run.id), kind); },
            .value = [values](const RunRecord &run) { return sortValueOf(valueOf(values, run.id)); },
            .number = [kind](double number) { return numberText(number, kind); }};
}

RunLevel fieldLevel(const QString &field, const RunQueries &queries) {
    const ValuesPtr values = queries.knownValues(field);
    const auto title = [field, values](const QString &key) {
        if (values && values->titles.contains(key.mid(1)))
            return values->titles.value(key.mid(1));
        return Texts::tr("%1: %2").arg(fieldTitle(field), shownText(key, kindOf(values)));
    };
    return {field, [values](const RunRecord &run) { return keyOf(valueOf(values, run.id)); }, title};
}

} // namespace simclr::ui
