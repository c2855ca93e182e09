// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/parallel/brush_filter.h"

#include "core/query/lexer.h"
#include "core/query/parser.h"
#include "core/query/query_error.h"

#include <QDateTime>
#include <QStringList>
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

QString numberText(const FigureField &field, double value) {
    constexpr int digits = 5;
    if (field.kind == ValueKind::Moment)
        return quoted(QDateTime::fromSecsSinceEpoch(static_cast<qint64>(value))
                          .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")));
    return QString::number(value, 'g', digits);
}

/// A text that was an option may also be a number in other runs.
QString categoryText(const FigureField &field, const QString &category) {
    if (field.kind == ValueKind::Flag)
        return category == field.text(1) ? QStringLiteral("true") : QStringLiteral("false");
    bool isNumber = false;
    category.toDouble(&isNumber);
    return isNumber && field.kind == ValueKind::Any ? category : quoted(category);
}

/// All tags of one of the categories; a run of such a category may have further ones.
QString tagsCondition(const QStringList &categories) {
    QStringList alternatives;
    for (const QString &category : categories) {
        QStringList tags;
        const QStringList names = category.split(QStringLiteral(", "));
        for (const QString &tag : names)
            tags.append(QStringLiteral("tag = ") + quoted(tag));
        alternatives.append(tags.join(conjunction));
    }
    return QLatin1Char('(') + alternatives.join(QStringLiteral(" or ")) + QLatin1Char(')');
}

QString categoriesCondition(const ParallelAxis &axis) {
    const QStringList inside = axis.categoriesIn(*axis.brush);
    const QString &field = axis.field.field;
    if (axis.field.kind == ValueKind::Tags && !inside.isEmpty())
        return tagsCondition(inside);
    QStringList values;
    for (const QString &category : inside)
        values.append(categoryText(axis.field, category));
    if (values.isEmpty())
        return QStringLiteral("%1 is empty").arg(field); // nothing that is shown
    return values.size() == 1 ? QStringLiteral("%1 = %2").arg(field, values.first())
                              : QStringLiteral("%1 in (%2)").arg(field, values.join(QStringLiteral(", ")));
}

QString rangeCondition(const ParallelAxis &axis) {
    constexpr double end = 0.002; // of the axis: less than a pixel
    QStringList parts;
    const auto add = [&](const QString &comparison, double share) {
        parts.append(QStringLiteral("%1 %2 %3")
                         .arg(axis.field.field, comparison, numberText(axis.field, axis.valueAt(share))));
    };
    if (axis.brush->low > end)
        add(QStringLiteral(">="), axis.brush->low);
    if (axis.brush->high < 1 - end)
        add(QStringLiteral("<="), axis.brush->high);
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
