import { Result } from 'antd';
import { Link } from 'react-router';

export function NothingHere() {
  return <Result status="404" title="没有这个页面" extra={<Link to="/">回到首页</Link>} />;
}
