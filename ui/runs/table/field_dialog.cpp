// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/field_dialog.h"

#include "core/query/parser.h"
#include "ui/runs/table/field_column.h"
#include "ui/runs/table/run_queries.h"
#include "ui/text/sentence_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"

#include <QCompleter>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(FieldDialog)
};

QStringList offeredFields(const KnownNames &names) {
    QStringList fields;
    for (const std::string &name : fieldNames(names))
        fields.append(QString::fromStdString(name));
    for (const std::string &metric : metricNames(names))
        for (const std::string &function : functionNames())
            fields.append(
                QString::fromStdString(function + '(' + metric + (takesNumber(function) ? ", 10)" : ")")));
    return fields;
}

/// Why it is no field; empty if it is one.
QString problemOf(const QString &field, const KnownNames &names) {
    try {
        resolveField(parseFieldName(field.trimmed().toStdString()), names);
        return {};
    } catch (const std::exception &error) {
        return sentenceText(error);
    }
}

} // namespace

void askForField(QWidget &parent, const QString &title, const RunQueries &queries,
                 std::function<void(const QString &)> take) {
    auto *dialog = new QDialog(&parent);
    dialog->setObjectName(QStringLiteral("fieldDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    auto *field = new QLineEdit;
    field->setObjectName(QStringLiteral("field"));
    field->setAccessibleName(Texts::tr("Option, metric or accuracy"));
    field->setPlaceholderText(
        Texts::tr("batch, best(loss), at(loss, 50), mean(loss, 100), knn.validation, …"));
    auto *completer = new QCompleter(offeredFields(queries.names()), field);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    field->setCompleter(completer);
    QLabel *problem = plainLabel({}, dialog);
    problem->setObjectName(QStringLiteral("fieldProblem"));
    problem->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    auto *column = new QVBoxLayout(dialog);
    column->addWidget(
        plainLabel(Texts::tr("Any option, metric or accuracy, by its name in filters"), dialog));
    column->addWidget(field);
    column->addWidget(problem);
    column->addWidget(buttons);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog,
                     [dialog, field, problem, &queries, take = std::move(take)] {
                         problem->setText(problemOf(field->text(), queries.names()));
                         if (!problem->text().isEmpty())
                             return;
                         take(field->text().trimmed());
                         dialog->accept();
                     });
    dialog->resize(dialog->fontMetrics().averageCharWidth() * 60, dialog->sizeHint().height());
    dialog->open();
}

} // namespace simclr::ui
