// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/parallel/brush_filter.h"

#include "core/query/lexer.h"
#include "core/query/parser.h"
#include "core/query/query_error.h"

#include <QDateTime>
#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace simclr::ui {

namespace {

const QString conjunction = QStringLiteral(" and ");

/// In quotation marks, so that it is a text whatever is in it.
QString quoted(QString text) {
    text.replace(QLatin1Char('\\'), QStringLiteral("\\\\"));
    text.replace(QLatin1Char('"'), QStringLiteral("\\\""));
    text.replace(QLatin1Char('\n'), QStringLiteral("\\n"));
    text.replace(QLatin1Char('\r'), QStringLiteral("\\r"));
    text.replace(QLatin1Char('\t'), QStringLiteral("\\t"));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

QString exactText(double value) {
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

QString momentText(double value) {
    return quoted(QDateTime::fromSecsSinceEpoch(static_cast<qint64>(value))
                      .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")));
}

enum class End { Low, High };

/// Whether the same values are beyond a limit as beyond the end of the brush.
bool isSameLimit(const ParallelAxis &axis, End end, double share, double limit) {
    return std::all_of(axis.field.values.cbegin(), axis.field.values.cend(), [&](double value) {
        return end == End::Low ? (axis.share(value) >= share) == (value >= limit)
                               : (axis.share(value) <= share) == (value <= limit);
    });
}

/// With as few digits as keep the same runs inside.
QString limitText(const ParallelAxis &axis, End end, double share) {
    constexpr int fewest = 4;
    constexpr int most = 16;
    const double value = axis.valueAt(share);
    if (axis.field.kind == ValueKind::Moment)
        return momentText(end == End::Low ? std::ceil(value) : std::floor(value));
    for (int digits = fewest; digits <= most; ++digits)
        if (const QString text = QString::number(value, 'g', digits);
            isSameLimit(axis, end, share, text.toDouble()))
            return text;
    return exactText(value);
}

/// An option may be a text in some runs and a number in others.
QString valueText(ValueKind kind, const FieldValue &value) {
    if (const auto *text = std::get_if<std::string>(&value))
        return quoted(QString::fromStdString(*text));
    if (const auto *number = std::get_if<double>(&value))
        return exactText(*number);
    const auto *whole = std::get_if<std::int64_t>(&value);
    const std::int64_t shown = whole != nullptr ? *whole : 0;
    if (kind == ValueKind::Flag)
        return shown != 0 ? QStringLiteral("true") : QStringLiteral("false");
    return QString::number(shown);
}

QStringList tagsOf(const QString &category) {
    return category.split(QStringLiteral(", ")); // a tag contains no comma
}

bool haveCommon(const QStringList &tags, const QStringList &others) {
    return std::ranges::any_of(tags, [&others](const QString &tag) { return others.contains(tag); });
}

/// A tag of each set outside the brush that contains all of `own`. Fewer than all tags: filters are short.
QStringList excludedTags(const QStringList &own, const QList<QStringList> &outside) {
    QStringList excluded;
    for (const QStringList &tags : outside) {
        const bool isContained =
            std::ranges::all_of(own, [&tags](const QString &tag) { return tags.contains(tag); });
        const auto other =
            std::ranges::find_if(tags, [&own](const QString &tag) { return !own.contains(tag); });
        if (isContained && other != tags.end() && !haveCommon(excluded, tags))
            excluded.append(*other);
    }
    return excluded;
}

/// The tags of one category, and none by which a category outside the brush has more.
QString tagsCondition(const QString &category, const QList<QStringList> &outside) {
    const QStringList own = tagsOf(category);
    QStringList parts;
    for (const QString &tag : own)
        parts.append(QStringLiteral("tag = ") + quoted(tag));
    for (const QString &tag : excludedTags(own, outside))
        parts.append(QStringLiteral("tag != ") + quoted(tag));
    return parts.join(conjunction);
}

/// A category of a set of tags is the whole set.
QString tagsCondition(const ParallelAxis &axis, const QStringList &inside) {
    QList<QStringList> outside;
    for (const QString &category : axis.field.categories)
        if (!inside.contains(category))
            outside.append(tagsOf(category));
    QStringList alternatives;
    for (const QString &category : inside)
        alternatives.append(tagsCondition(category, outside));
    return QLatin1Char('(') + alternatives.join(QStringLiteral(" or ")) + QLatin1Char(')');
}

QString categoriesCondition(const ParallelAxis &axis) {
    const QStringList inside = axis.categoriesIn(*axis.brush);
    const QString &field = axis.field.field;
    if (axis.field.kind == ValueKind::Tags && !inside.isEmpty())
        return tagsCondition(axis, inside);
    QStringList values;
    for (const QString &category : inside)
        for (const FieldValue &value :
             axis.field.exact.at(static_cast<std::size_t>(axis.field.categories.indexOf(category))))
            values.append(valueText(axis.field.kind, value));
    if (values.isEmpty())
        return QStringLiteral("%1 is empty").arg(field); // nothing that is shown
    return values.size() == 1 ? QStringLiteral("%1 = %2").arg(field, values.first())
                              : QStringLiteral("%1 in (%2)").arg(field, values.join(QStringLiteral(", ")));
}

QString rangeCondition(const ParallelAxis &axis) {
    QStringList parts;
    if (axis.brush->low > 0 && !axis.isOneValue())
        parts.append(
            QStringLiteral("%1 >= %2").arg(axis.field.field, limitText(axis, End::Low, axis.brush->low)));
    if (axis.brush->high < 1 && !axis.isOneValue())
        parts.append(
            QStringLiteral("%1 <= %2").arg(axis.field.field, limitText(axis, End::High, axis.brush->high)));
    return parts.isEmpty() ? QStringLiteral("%1 is not empty").arg(axis.field.field)
                           : parts.join(conjunction);
}

/// "crop resnet18" as "crop and resnet18"; any other line as it is.
QString asConditions(const std::string &line) {
    const std::vector<Token> tokens = tokensOf(line);
    QStringList words;
    for (const Token &token : tokens) {
        if (token.kind == TokenKind::End)
            break;
        if ((token.kind != TokenKind::Word && token.kind != TokenKind::Text) || isAnyKeyword(token))
            return QString::fromStdString(line);
        words.append(QString::fromStdString(line.substr(token.where.begin, token.where.length)));
    }
    return words.join(conjunction);
}

} // namespace

QString brushedCondition(const ParallelFigure &figure) {
    QStringList parts;
    for (const ParallelAxis &axis : figure.axes)
        if (axis.brush)
            parts.append(axis.field.isNumeric ? rangeCondition(axis) : categoriesCondition(axis));
    return parts.join(conjunction);
}

QString combinedFilter(const QString &line, const QString &condition) {
    const QString first = line.trimmed();
    if (first.isEmpty() || condition.isEmpty())
        return first.isEmpty() ? condition : first;
    try {
        parseFilter(first.toStdString());
        return QStringLiteral("(%1) and %2").arg(asConditions(first.toStdString()), condition);
    } catch (const QueryError &) { // a line with a mistake filters nothing
        return condition;
    }
}

} // namespace simclr::ui
