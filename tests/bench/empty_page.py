"""A page with one sentence: what Streamlit itself costs."""

import streamlit as st

st.write("有一句话的空白页面")
