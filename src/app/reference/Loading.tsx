export const Loading = () => <p className="empty reference-loading" role="status">Loading …</p>;
