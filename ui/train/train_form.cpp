// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/train_form.h"

#include "ui/widgets/parameter_form.h"
#include "ui/workspace/option_settings.h"

#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace simclr::ui {

namespace {

Schema part(bool common) {
    Schema result;
    for (const Parameter &parameter : trainOptionsDescription().schema())
        if (parameter.isCommon == common)
            result.push_back(parameter);
    return result;
}

} // namespace

TrainForm::TrainForm(QWidget *parent)
    : QWidget(parent),
      m_options(rememberedOptions()),
      m_common(new ParameterForm(part(true), this)),
      m_rare(new ParameterForm(part(false), this)),
      m_more(new QToolButton(this)) {
    m_more->setObjectName(QStringLiteral("moreOptions"));
    m_more->setCheckable(true);
    m_more->setAutoRaise(true);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setToolTip(tr("Shows the options that seldom need a change"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_common);
    layout->addWidget(m_more, 0, Qt::AlignLeft);
    layout->addWidget(m_rare);
    layout->addStretch(1);
    for (ParameterForm *form : {m_common, m_rare})
        connect(form, &ParameterForm::valueEdited, this, &TrainForm::edit);
    connect(m_more, &QToolButton::toggled, this, &TrainForm::setMoreVisible);
    setMoreVisible(false);
    display();
}

void TrainForm::setOptions(const TrainOptions &options) {
    m_options = options;
    rememberOptions(m_options);
    display();
    Q_EMIT edited();
}

void TrainForm::setOption(const QString &id, const Value &value) {
    edit(id, value);
    display();
}

void TrainForm::setMarked(const QStringList &ids) {
    for (ParameterForm *form : {m_common, m_rare})
        form->setMarked(ids);
}

int TrainForm::fullWidth() const {
    return std::max(m_common->minimumSizeHint().width(), m_rare->minimumSizeHint().width());
}

void TrainForm::edit(const QString &id, const Value &value) {
    try {
        trainOptionsDescription().write(m_options, id.toStdString(), value, "training options");
    } catch (const Error &) {
        display(); // the description rejects what the control accepted: show the current value
        return;
    }
    rememberOptions(m_options);
    Q_EMIT edited();
}

void TrainForm::display() {
    const Values values = trainOptionsDescription().read(m_options);
    for (ParameterForm *form : {m_common, m_rare})
        form->setValues(values);
}

void TrainForm::setMoreVisible(bool visible) {
    m_rare->setVisible(visible);
    m_more->setArrowType(visible ? Qt::DownArrow : Qt::RightArrow);
    m_more->setText(visible ? tr("Less") : tr("More"));
}

} // namespace simclr::ui
