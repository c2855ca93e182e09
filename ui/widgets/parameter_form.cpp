// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/parameter_form.h"

#include "ui/widgets/core_text.h"
#include "ui/widgets/parameter_editor.h"
#include "ui/widgets/text_labels.h"

#include <QFormLayout>
#include <QLabel>

namespace simclr::ui {

namespace {

QFormLayout *makeLayout(QWidget *form) {
    auto *layout = new QFormLayout(form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(10);
    layout->setVerticalSpacing(6);
    layout->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    layout->setFormAlignment(Qt::AlignLeft | Qt::AlignTop);
    layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    layout->setRowWrapPolicy(QFormLayout::DontWrapRows);
    return layout;
}

void addHeading(QFormLayout &layout, const QString &text) {
    QLabel *heading = headingLabel(text);
    if (layout.rowCount() > 0)
        heading->setContentsMargins(0, 10, 0, 0);
    layout.addRow(heading);
}

void addRow(QFormLayout &layout, const Parameter &parameter, ParameterEditor *editor) {
    if (editor->showsTitle()) {
        layout.addRow(QString(), editor);
        return;
    }
    QLabel *label = plainLabel(coreText(parameter.title));
    label->setToolTip(coreText(parameter.help));
    label->setMinimumHeight(24);
    label->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    label->setBuddy(editor);
    layout.addRow(label, editor);
}

} // namespace

ParameterForm::ParameterForm(const Schema &schema, QWidget *parent) : QWidget(parent), m_schema(schema) {
    QFormLayout *layout = makeLayout(this);
    Section section = Section::None;
    for (const Parameter &parameter : m_schema) {
        if (parameter.section != section)
            addHeading(*layout, coreText(titleOf(parameter.section)));
        section = parameter.section;
        const QString id = QString::fromStdString(parameter.id);
        ParameterEditor *editor = ParameterEditor::create(parameter, this);
        addRow(*layout, parameter, editor);
        m_editors.insert(id, editor);
        connect(editor, &ParameterEditor::edited, this,
                [this, id](const Value &value) { Q_EMIT valueEdited(id, value); });
    }
}

ParameterForm::~ParameterForm() = default;

const Schema &ParameterForm::schema() const {
    return m_schema;
}

Values ParameterForm::values() const {
    Values values;
    for (const Parameter &parameter : m_schema)
        values.emplace(parameter.id, m_editors.value(QString::fromStdString(parameter.id))->value());
    return values;
}

void ParameterForm::setValues(const Values &values) {
    for (const auto &[id, value] : values) {
        const Parameter *parameter = simclr::find(m_schema, id);
        if (parameter && parameter->initial.index() == value.index())
            m_editors.value(QString::fromStdString(id))->setValue(value);
    }
}

void ParameterForm::setMarked(const QStringList &ids) {
    auto *form = static_cast<QFormLayout *>(layout());
    for (auto editor = m_editors.cbegin(); editor != m_editors.cend(); ++editor) {
        QWidget *title = form->labelForField(*editor);
        if (title == nullptr)
            title = *editor;
        QFont font = title->font();
        font.setBold(ids.contains(editor.key()));
        title->setFont(font);
    }
}

} // namespace simclr::ui
