// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview/preview_comparison_bar.h"

#include "ui/design/preview/comparison_picker.h"
#include "ui/document/pipeline_document.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/tool_buttons.h"

#include <QHBoxLayout>

namespace simclr::ui {

PreviewComparisonBar::PreviewComparisonBar(PipelineDocument &document, QWidget *parent)
    : QWidget(parent),
      m_document(document),
      m_title(new ElidedLabel),
      m_picker(new ComparisonPicker(document)) {
    m_title->setObjectName(QStringLiteral("comparedTitle"));
    auto *divide = choiceButton(QStringLiteral("comparisonDivider"), tr("Divider"),
                                tr("One view for both: left of the pointer the edited pipeline, right of it "
                                   "the reference"));
    connect(divide, &QToolButton::toggled, this, &PreviewComparisonBar::divisionToggled);
    connect(m_picker, &ComparisonPicker::changed, this, &PreviewComparisonBar::changed);
    connect(m_picker, &ComparisonPicker::failed, this, &PreviewComparisonBar::failed);
    connect(&document, &PipelineDocument::changed, this, &PreviewComparisonBar::showTitle);
    connect(&document, &PipelineDocument::modifiedChanged, this, [this] {
        showTitle();
        Q_EMIT changed();
    });
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_title);
    row->addWidget(mutedLabel(tr("reference")));
    row->addWidget(m_picker);
    row->addWidget(divide);
    row->addStretch(1);
    showTitle();
}

QString PreviewComparisonBar::title() const {
    const QString name = nameOf(m_document.pipeline());
    return m_document.isModified() ? tr("%1, edited").arg(name) : name;
}

QString PreviewComparisonBar::otherTitle() const {
    return m_picker->title(title());
}

void PreviewComparisonBar::showTitle() {
    m_title->setText(title());
}

} // namespace simclr::ui
